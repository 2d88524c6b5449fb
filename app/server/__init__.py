"""What stands between the network and the application: bounds on connections, and eyes for whoever runs the server."""
