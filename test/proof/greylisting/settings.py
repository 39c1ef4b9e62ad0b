from libs.default_settings import *
plugins = ['greylisting']
GREYLISTING_BLOCK_EXPIRE = 0
