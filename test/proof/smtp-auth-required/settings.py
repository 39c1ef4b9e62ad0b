from libs.default_settings import *

plugins = ['reject_sender_login_mismatch']
MYNETWORKS = ['192.0.2.10']
