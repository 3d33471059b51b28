"""The command line: options → settings → runner → report; one module a command, without logic of its own."""
