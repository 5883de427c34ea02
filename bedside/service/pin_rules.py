"""What a person is told of PINs before one is typed, as the store holds to it."""

from bedside.store import pins

PIN_DIGITS = pins.DIGITS
FREE_TRIES = pins.FREE_TRIES
