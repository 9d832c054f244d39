"""What people type about offices. A form says what is wrong at its field and keeps what was typed."""
