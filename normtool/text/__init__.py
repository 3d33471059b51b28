"""The stages of the pipeline that read text and give edits: one module a stage, none imports another."""
