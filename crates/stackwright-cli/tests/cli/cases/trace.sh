# The way of a request in the clusters that know it: from outside, and from a pod.
homelab trace http://hello.test/
homelab trace deployment/web/hello hello.web:80
homelab trace lab -- deploy/web/hello hello:8081
homelab trace deploy/web/hello http://hello.web.svc:80/ --format mermaid
homelab trace edge -- http://hello.test
# What is no request, and who is not there.
homelab trace deployment/web/helo hello:80
homelab trace hello.test
homelab trace ftp://hello.test
homelab trace edge -- deployment/web/hello hello:80
homelab trace nowhere -- http://hello.test
homelab trace
