"""A bound on what one post may put on the disk, kept while it is being read."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler


class UploadQuota(FileUploadHandler):
    """Lets `max_bytes` of all files of a request through and drops the rest.

    The words of the form still arrive, so nothing typed is lost; a cut photo is then refused as too heavy.
    """

    def __init__(self, request: Any, max_bytes: int) -> None:
        super().__init__(request)
        self.left = max_bytes

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.left <= 0:
            return None
        self.left -= len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
