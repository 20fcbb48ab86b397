"""search/query"""
