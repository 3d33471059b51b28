"""Small recognizers shared by the stages, the parser and the rules; each names the clause of its standard."""
