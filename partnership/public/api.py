"""Being written."""

from rest_framework.views import APIView


class DocumentList(APIView):
    pass


class DocumentDetail(APIView):
    pass
