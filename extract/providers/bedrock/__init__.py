"""Amazon Bedrock: any model that it serves."""
