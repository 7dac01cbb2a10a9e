"""OpenAI's protocol: chat completions and models, for clients that know it.

https://platform.openai.com/docs/api-reference/chat
"""
