"""web/portal"""
