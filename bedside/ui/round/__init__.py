"""The round sheet: several patients by the values of one round in one keyboard grid, each row stored by itself."""
