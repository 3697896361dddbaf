"""The words of the domain: frozen values and the pure functions over them."""
