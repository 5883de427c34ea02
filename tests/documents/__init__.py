"""Documents that are generated from the program: written by `./dev documents`, held against it by the tests."""
