"""The practice area's pages. The app is installed in the embedded settings alone."""
