"""The frame around every page: navigation and context bar."""
