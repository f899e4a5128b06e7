"""Files in and out: hardened reading of uploads, import plans, exports.

Importing this package is cheap (standard library only): the child process that opens uploads starts
with it. Whoever needs a reader, the mapping or an export imports that module.
"""
