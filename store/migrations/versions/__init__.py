"""One file per version of the tables; a file that was published is never changed."""
