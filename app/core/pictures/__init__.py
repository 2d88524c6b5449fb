"""What is drawn of a network: the loss over two parameters, the response of its units, features."""
