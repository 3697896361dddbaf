"""The local history: raw documents, typed tables and intervals."""
