"""What a document says, as finished sentences: from the extract's JSON to records that a template only lays out."""
