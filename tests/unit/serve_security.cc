// The server among hostile clients: other sites, other names, slow and large requests, paths that climb, texts that are programs.
#include <chrono>

#include "serve_client.h"

namespace masudi {
namespace {

class ServeSecurityTest : public ServeTest {
 protected:
  std::string ask(const std::string& head) const { return raw("GET /api/v1/session.json HTTP/1.1\r\nConnection: close\r\n" + head + "\r\n").body; }
  int status(const std::string& head) const { return raw("GET /api/v1/session.json HTTP/1.1\r\nConnection: close\r\n" + head + "\r\n").status; }
};

TEST_F(ServeSecurityTest, AHostThatIsNotOursIsRefused) {
  start();
  const std::string port = std::to_string(server_->port());
  EXPECT_EQ(status("Host: 127.0.0.1:" + port + "\r\n"), 200);
  EXPECT_EQ(status("Host: localhost:" + port + "\r\n"), 200);
  EXPECT_EQ(status("Host: [::1]:" + port + "\r\n"), 200);
  for (const std::string& host :
       std::vector<std::string>{"evil.example:" + port, "evil.example", "127.0.0.1:1", "127.0.0.1.evil.example:" + port, "localhost.:" + port,
                                "192.168.0.7:" + port, "127.0.0.1:" + port + "@evil.example", std::string()}) {
    EXPECT_EQ(status("Host: " + host + "\r\n"), 421) << host;
    EXPECT_EQ(ask("Host: " + host + "\r\n").find(token_), std::string::npos) << host;
  }
  EXPECT_EQ(status("Host: 127.0.0.1:" + port + "\r\nHost: evil.example\r\n"), 421);
  EXPECT_EQ(status(""), 421);
}

TEST_F(ServeSecurityTest, AnotherSiteMayNotAsk) {
  start();
  for (const std::string& header : std::vector<std::string>{"Origin: http://evil.example", "Origin: null", "Origin: https://127.0.0.1",
                                                            "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"})
    EXPECT_EQ(get("/api/v1/session.json", header + std::string("\r\n")).status, 403) << header;
  EXPECT_EQ(get("/api/v1/session.json", "Origin: http://" + host_ + "\r\nSec-Fetch-Site: same-origin\r\n").status, 200);
  EXPECT_EQ(get("/api/v1/session.json", "Sec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\n").status, 200);
  // A link from elsewhere may open the page, and nothing else.
  EXPECT_NE(get("/", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n").status, 403);
  EXPECT_EQ(get("/api/v1/session.json", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n").status, 403);
}

TEST_F(ServeSecurityTest, WhatWritesNeedsTheTokenAndJson) {
  start();
  const std::string body = Json{{"commitment", first("commitments")}, {"verdict", "kept"}, {"evidence", "x"}, {"author", "Eve"}}.dump();
  const std::string json = "Content-Type: application/json\r\n", token = "X-Masudi-Token: " + token_ + "\r\n";
  EXPECT_EQ(post("/api/v1/verdicts", body, json).status, 403);
  EXPECT_EQ(post("/api/v1/verdicts", body, json + "X-Masudi-Token: " + std::string(token_.size(), '0') + "\r\n").status, 403);
  EXPECT_EQ(post("/api/v1/verdicts", body, json + "X-Masudi-Token: \r\n").status, 403);
  EXPECT_EQ(post("/api/v1/verdicts", body, "Content-Type: text/plain\r\n" + token).status, 415);
  EXPECT_EQ(post("/api/v1/verdicts", body, "Content-Type: application/x-www-form-urlencoded\r\n" + token).status, 415);
  EXPECT_EQ(post("/api/v1/verdicts", body, json + token + "Origin: http://evil.example\r\n").status, 403);
  EXPECT_EQ(get("/api/v1/verdicts.json").json()["total"], 0);
  EXPECT_EQ(post("/api/v1/verdicts", body, json + token + "Origin: http://" + host_ + "\r\n").status, 200);
  EXPECT_EQ(get("/api/v1/verdicts.json").json()["total"], 1);
  for (const char* method : {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"}) {
    const int got = raw(std::string(method) + " /api/v1/verdicts HTTP/1.1\r\nHost: " + host_ + "\r\nConnection: close\r\n\r\n").status;
    EXPECT_TRUE(got == 405 || got == 400) << method << " " << got;
  }
}

TEST_F(ServeSecurityTest, ReadOnlyRefusesToWrite) {
  options_.read_only = true;
  start();
  EXPECT_EQ(post("/api/v1/verdicts", Json{{"commitment", first("commitments")}, {"verdict", "kept"}, {"evidence", "x"}, {"author", "Eve"}}).status,
            400);
  EXPECT_EQ(post("/api/v1/read", Json{{"text", "Kenya promised on Monday to open a road."}, {"store", true}}).status, 400);
  EXPECT_EQ(post("/api/v1/read", Json{{"text", "Kenya promised on Monday to open a road."}}).status, 200);
}

TEST_F(ServeSecurityTest, AwayFromLoopbackNothingWithoutTheOwnersToken) {
  options_.listen = "0.0.0.0";
  EXPECT_FALSE(Server::open(options_, test_engine()));
  options_.token = "open sesame 42";
  start();
  EXPECT_EQ(get("/api/v1/session.json").status, 401);
  EXPECT_EQ(get("/").status, 401);
  EXPECT_EQ(get("/api/v1/session.json", "Authorization: Bearer open sesame 43\r\n").status, 401);
  EXPECT_EQ(get("/api/v1/session.json", "Authorization: Bearer open sesame 42\r\n").status, 200);
  EXPECT_EQ(get("/api/v1/session.json", "Cookie: a=b; masudi_token=open sesame 42\r\n").status, 200);
  EXPECT_EQ(get("/api/v1/session.json?token=open+sesame+42").status, 401);
  const Answer door = get("/?token=open+sesame+42");
  EXPECT_EQ(door.status, 303);
  EXPECT_EQ(door.header("Set-Cookie"), "masudi_token=open sesame 42; Path=/; HttpOnly; SameSite=Strict");
  EXPECT_EQ(status("Host: evil.example:" + std::to_string(server_->port()) + "\r\nAuthorization: Bearer open sesame 42\r\n"), 421);
}

TEST_F(ServeSecurityTest, EveryAnswerTellsTheBrowserToTrustNothing) {
  start();
  for (const std::string& target :
       std::vector<std::string>{"/", "/api/v1/session.json", "/api/v1/events.csv", "/nowhere", "/api/v1/events.json?typ=x"}) {
    const Answer answer = get(target);
    const std::string policy = answer.header("Content-Security-Policy");
    EXPECT_NE(policy.find("default-src 'none'"), std::string::npos) << target;
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos) << target;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos) << target;
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff") << target;
    EXPECT_EQ(answer.header("Referrer-Policy"), "no-referrer") << target;
    EXPECT_EQ(answer.header("X-Frame-Options"), "DENY") << target;
    EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "") << target;
  }
}

TEST_F(ServeSecurityTest, PathsDoNotClimb) {
  start();
  for (const std::string& target : std::vector<std::string>{
           "/../../../../etc/passwd", "/assets/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/%2e%2e%2f%2e%2e%2fetc/passwd", "//etc/passwd",
           "/api/v1/articles/..%2f..%2fetc%2fpasswd.json", "/\\..\\..\\etc\\passwd", "/index.html%00.js"}) {
    const Answer answer = get(target);
    EXPECT_GE(answer.status, 400) << target;
    EXPECT_EQ(answer.body.find("root:"), std::string::npos) << target;
  }
}

TEST_F(ServeSecurityTest, HostileTextIsDataInJsonAndCsv) {
  start();
  const Answer list = get("/api/v1/articles.json?text=script");
  EXPECT_EQ(list.header("Content-Type"), "application/json; charset=utf-8");
  ASSERT_EQ(list.json()["total"], 1);
  // What a spreadsheet would run begins with an apostrophe.
  const Answer csv = get("/api/v1/articles.csv");
  EXPECT_EQ(csv.header("Content-Disposition"), "attachment; filename=\"articles.csv\"");
  EXPECT_EQ(csv.body.find(",=cmd"), std::string::npos) << csv.body;
  EXPECT_NE(csv.body.find("\"'=cmd|' /C calc'!A0\""), std::string::npos) << csv.body;
  const Answer sql = post("/api/v1/sql.csv", Json{{"sql", "SELECT '=1+1', '+1', -5, '-cmd', '@x', 'a,b', 'say \"no\"'"}});
  EXPECT_NE(sql.body.find("\"'=1+1\",+1,-5,\"'-cmd\",\"'@x\",\"a,b\",\"say \"\"no\"\"\"\r\n"), std::string::npos) << sql.body;
}

TEST_F(ServeSecurityTest, LargeRequestsAreRefused) {
  options_.limits.body_bytes = 100000;
  start();
  const std::string headers = "Content-Type: application/json\r\nX-Masudi-Token: " + token_ + "\r\n";
  EXPECT_EQ(post("/api/v1/read", std::string(99000, ' ') + R"({"text":""})", headers).status, 400);  // taken, and no article
  EXPECT_EQ(post("/api/v1/read", std::string(200000, 'x'), headers).status, 413);
  EXPECT_GE(get("/api/v1/events.json?text=" + std::string(3000, 'x')).status, 400);
  constexpr int most = 100000;  // kilobytes: more than the system's own buffers take in while nobody reads
  // Headers without an end: the connection is closed when the head is too large.
  {
    const Socket socket(server_->port());
    socket.send("GET / HTTP/1.1\r\nHost: " + host_ + "\r\n");
    bool sent = true;
    for (int i = 0; i < most && sent; ++i) sent = socket.send("X-A" + std::to_string(i) + ": " + std::string(1000, 'a') + "\r\n");
    EXPECT_FALSE(sent);
  }
  // A body in chunks without an end.
  {
    const Socket socket(server_->port());
    socket.send("POST /api/v1/read HTTP/1.1\r\nHost: " + host_ + "\r\nTransfer-Encoding: chunked\r\n" + headers + "\r\n");
    bool sent = true;
    for (int i = 0; i < most && sent; ++i) sent = socket.send("400\r\n" + std::string(1024, 'x') + "\r\n");
    EXPECT_FALSE(sent);
  }
  // A packed body is not unpacked.
  const Answer packed = post("/api/v1/sql.json", std::string("\x1f\x8b\x08\0\0\0\0\0\0\3", 10) + "xx", headers + "Content-Encoding: gzip\r\n");
  EXPECT_EQ(packed.status, 400) << packed.body;
  EXPECT_EQ(get("/api/v1/session.json").status, 200);
}

TEST_F(ServeSecurityTest, SlowClientsAreDroppedAndOthersServed) {
  options_.limits.head_seconds = 1;
  options_.limits.request_seconds = 2;
  options_.limits.idle_seconds = 1;
  options_.limits.threads = 4;
  start();
  const auto start_of = std::chrono::steady_clock::now();
  const Socket silent(server_->port());
  const Socket dripping(server_->port());
  dripping.send("GET / HTTP/1.1\r\nHost: ");
  const Socket promised(server_->port());  // a body that does not come
  promised.send("POST /api/v1/read HTTP/1.1\r\nHost: " + host_ + "\r\nContent-Type: application/json\r\nX-Masudi-Token: " + token_ +
                "\r\nContent-Length: 100\r\n\r\n{");
  EXPECT_EQ(get("/api/v1/session.json").status, 200);
  bool dropped = false;
  for (int i = 0; i < 40 && !dropped; ++i) {  // a byte at a time does not help
    dripping.send("a");
    dropped = dripping.closed(100);
  }
  EXPECT_TRUE(dropped);
  promised.receive(4000);
  EXPECT_TRUE(silent.closed(4000));
  EXPECT_LT(std::chrono::steady_clock::now() - start_of, std::chrono::seconds(10));
  EXPECT_EQ(get("/api/v1/session.json").status, 200);
}

TEST_F(ServeSecurityTest, GarbageIsAnsweredOrDropped) {
  start();
  std::uint32_t seed = 1;
  for (int i = 0; i < 100; ++i) {
    std::string bytes = i % 2 == 0 ? "GET /api/v1/events.json?" : "";
    for (int j = 0; j < 200; ++j) bytes += static_cast<char>((seed = seed * 1664525U + 1013904223U) >> 24U);
    const Socket socket(server_->port());
    socket.send(bytes + "\r\n\r\n");
    socket.receive(20);
  }
  EXPECT_EQ(get("/api/v1/session.json").status, 200);
}

}  // namespace
}  // namespace masudi
