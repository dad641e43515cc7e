"""Reference photos, before any model sees them: what their pixels say of the person and of the product."""
