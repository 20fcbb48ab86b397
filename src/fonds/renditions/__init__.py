"""renditions"""
