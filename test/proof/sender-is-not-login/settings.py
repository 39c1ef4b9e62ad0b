from libs.default_settings import *
plugins = [
    'reject_sender_login_mismatch',
]
ALLOWED_LOGIN_MISMATCH_LIST_MEMBER = False
