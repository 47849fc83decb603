"""What machines read: feeds, calendar, sitemap, the JSON API, structured data, pictures for links."""
