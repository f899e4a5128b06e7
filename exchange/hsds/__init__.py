"""HSDS 3 (Human Services Data Specification of Open Referral) in and out, as JSON and as data package."""
