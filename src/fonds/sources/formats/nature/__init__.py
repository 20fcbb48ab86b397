"""Nature Publishing Group articles (NPG)."""
