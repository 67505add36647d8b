"""How the city writes dates where Django's own habit is another country's."""
