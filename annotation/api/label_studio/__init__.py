"""The HTTP API that Label Studio's client and its users' scripts speak: a thin codec.

Label Studio's words (task, annotation ids that are integers, UTF-16 offsets) stay in this package and in
`annotation/formats/label_studio_*`. Routes have no final slash: `core.middleware.FinalSlashMiddleware` takes it away.
"""
