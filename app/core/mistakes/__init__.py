"""Known mistakes: wrong rules, slips of the pen, and how a learner's number is traced to one."""
