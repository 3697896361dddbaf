"""The password of a store on a server: where it is looked for, and that it is shown nowhere."""
