"""Two souls of machine learning: functions p(y|x) and distributions p(x), p(x, y)."""
