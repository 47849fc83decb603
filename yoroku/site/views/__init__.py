"""Page views: frozen values that hold exactly what a page shows, one module for each family of pages."""
