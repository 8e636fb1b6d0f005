"""The bundled content: texts and names that come with the repo."""
