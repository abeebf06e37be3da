"""What a person or a timer can do, one function each: checks, transaction, audit entry and consequences in sight."""
