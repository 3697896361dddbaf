"""The doctor: what keeps pmreport from telling the truth here, each finding with its fix."""
