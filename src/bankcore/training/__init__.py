"""Playing scenarios: sessions, grading, debrief."""
