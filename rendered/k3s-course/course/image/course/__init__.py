"""The application of the K3s course: a page that says which pod answers, and a button that puts that pod under load."""
