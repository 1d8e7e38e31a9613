"""Where Django's formats of a language are not those that readers expect; see FORMAT_MODULE_PATH."""
