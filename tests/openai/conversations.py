"""Conversations of every kind over the seed article, as messages of OpenAI's protocol."""

from typing import Any

Message = Any
"""A dict; each role has a type of its own in the client."""

WHO = "Who released the report on forced labor in Xinjiang and Tibet?"
SAY_NOTHING_CITED = (
    "You are a pirate. Do not cite anything, and answer from your own knowledge. Always end with "
    "the word ARRR, and never write brackets."
)


def user(content: Any) -> Message:
    return {"role": "user", "content": content}


def assistant(text: str) -> Message:
    return {"role": "assistant", "content": text}


def system(text: str) -> Message:
    return {"role": "system", "content": text}


CONVERSATIONS = {
    "an answer": [user(WHO)],
    "an answer of several statements": [user("Is there forced labor in Xinjiang?")],
    "two questions": [user("Who is Chen Xu? And what are special rapporteurs?")],
    "an abstention": [user("Who won the 2022 World Cup?")],
    "nothing near": [user("???")],
    "a greeting": [user("Hello!")],
    "the documents": [user("Which documents do you have?")],
    "a summary": [user("Summarise the article")],
    "a follow-up": [
        user("Who is the foreign ministry spokesperson of China?"),
        assistant("Wang Wenbin. [1]"),
        user("Whom did he criticize?"),
    ],
}
