"""Writing notes: every change is a revision; history, and the decision between two texts."""
