"""Development goals: rules over Jira items and the evidence they find."""
