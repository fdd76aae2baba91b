"""What happens later: letters leave."""
