"""One deployment's life: reviewed text goes to devices, is judged there, and stays or is undone. No Django, no wire."""
