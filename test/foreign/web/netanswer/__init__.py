"""Netアンサー: web registration of セゾンカード members (guide pages 23-38)."""
