"""Connectors: inventories of others fetched, compared with ours, taken over as one batch that can be undone.

Off by default. An operator allows hosts (``QK_ALLOWED_HOSTS``) and describes sources in a file
(``QK_CONNECTORS``); see ``docs/connectors.md``. One file for each kind of source: `overpass`, `wfs`,
`ogc_api`, `hsds_api`; `run` drives them.
"""
