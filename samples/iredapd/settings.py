############################################################
# Settings of iRedAPD. What is not set here has the value in libs/default_settings.py.
from libs.default_settings import *

# Where it listens for Postfix
listen_address = '127.0.0.1'
listen_port = 7777
run_as_user = 'iredapd'
log_level = 'info'

# Where the mail accounts are
backend = 'mysql'

# Plug-ins. reject_sender_login_mismatch is off since 9 November: Postfix makes that check now.
plugins = [
    "reject_null_sender",
    "wblist_rdns",
    "greylisting",
    "throttle",
    "amavisd_wblist",
    "sql_alias_access_policy",
]

# Servers and devices of ours that iRedAPD does not look at
MYNETWORKS = ['192.0.2.10']

# Whether members of a list may write with the address of the list
ALLOWED_LOGIN_MISMATCH_LIST_MEMBER = False

# Databases. These passwords are invented.
vmail_db_server = '127.0.0.1'
vmail_db_port = '3306'
vmail_db_name = 'vmail'
vmail_db_user = 'vmail'
vmail_db_password = 'not-a-real-password'

iredapd_db_server = '127.0.0.1'
iredapd_db_port = '3306'
iredapd_db_name = 'iredapd'
iredapd_db_user = 'iredapd'
iredapd_db_password = 'not-a-real-password-either'
