from libs.default_settings import *

listen_port = @policy@
plugins = ['wblist_rdns']
ALLOWED_LOGIN_MISMATCH_LIST_MEMBER = True
