"""What Label Studio's API and webhooks tell: projects, tasks, answers and predictions in Label Studio's shapes."""
