import type { SourceErrorCode } from "#feed/contract/status.ts";
import type { SourceErrorText } from "./en-source-errors.ts";

/** 中文:消息代理为何读不到,以及如何处理。 */
export const zhSourceErrors: Readonly<Record<SourceErrorCode, SourceErrorText>> = {
  dns: {
    what: "消息代理的主机名无法解析",
    tip: "请检查地址拼写与本机 DNS,或改用 IP 地址。",
  },
  refused: {
    what: "消息代理的端口无人监听",
    tip: "请检查消息代理是否运行、端口是否正确:默认 mqtt: 为 1883,mqtts: 为 8883。",
  },
  unreachable: {
    what: "到消息代理主机的网络不通",
    tip: "请检查本机的网络、路由与 VPN。",
  },
  timeout: {
    what: "消息代理没有应答",
    tip: "请检查消息代理是否运行,以及中间的防火墙是否丢弃了报文。",
  },
  closed: {
    what: "消息代理断开了连接,未说明原因",
    tip: "请查看消息代理的日志。若设置了 --mqtt-client-id,可能有其他客户端使用同一标识。",
  },
  "closed-early": {
    what: "消息代理在应答之前就断开了连接",
    tip: "请检查端口是否为 MQTT 端口,以及是否要求加密连接:改用 mqtts: 或 wss:。",
  },
  websocket: {
    what: "该网页服务器不提供 MQTT",
    tip: "请检查地址中的端口与路径;许多消息代理使用 /mqtt。",
  },
  tls: {
    what: "加密连接失败",
    tip: "请查看消息代理的日志;下面是 TLS 库的原话。",
  },
  "tls-expired": {
    what: "消息代理的证书已过期",
    tip: "请更新该证书。若有效期无误,请校准本机时钟。",
  },
  "tls-early": {
    what: "消息代理的证书尚未生效",
    tip: "请校准本机时钟;若时钟无误,请重新签发证书。",
  },
  "tls-host": {
    what: "消息代理的证书属于其他主机名",
    tip: "请用证书中的名称作为地址,或为当前地址重新签发证书。",
  },
  "tls-unknown-ca": {
    what: "消息代理证书的签发机构未知",
    tip: "请用 --mqtt-ca 指定签发机构的证书文件;消息代理须发送完整的证书链。",
  },
  "tls-self-signed": {
    what: "消息代理的证书是自签名证书",
    tip: "若信任该证书,请用 --mqtt-ca 指定它本身;更好的做法是由贵单位的签发机构签发。",
  },
  "tls-revoked": {
    what: "消息代理的证书已被吊销",
    tip: "请勿信任该消息代理,并向其管理者索取新证书。",
  },
  "tls-client-missing": {
    what: "消息代理要求客户端证书",
    tip: "请用 --mqtt-cert 与 --mqtt-key 提供证书与私钥。",
  },
  "tls-client-rejected": {
    what: "消息代理不接受我方的客户端证书",
    tip: "请检查证书是否有效、签发机构是否受消息代理信任,必要时重新签发。",
  },
  "tls-key-mismatch": {
    what: "客户端私钥与客户端证书不配对",
    tip: "请提供该证书对应的私钥:--mqtt-cert 与 --mqtt-key。",
  },
  "tls-version": {
    what: "消息代理不支持安全的 TLS 版本",
    tip: "请在消息代理上启用 TLS 1.2 或 1.3。",
  },
  "tls-alpn": {
    what: "消息代理不接受所提供的应用层协议",
    tip: "请对照消息代理手册检查 --mqtt-alpn,或去掉该选项。",
  },
  "tls-plain": {
    what: "消息代理的该端口不是加密端口",
    tip: "请使用消息代理的 TLS 端口(默认 8883);若不需加密,请用 mqtt: 或 ws:。",
  },
  password: {
    what: "用户名或密码错误",
    tip: "请在环境变量 HORINGER_MQTT_USER 与 HORINGER_MQTT_PASSWORD 中设置,然后重新启动。",
  },
  auth: {
    what: "消息代理不允许我方连接",
    tip: "请为该用户或该客户端证书开通连接权限;并设置 HORINGER_MQTT_USER 与 HORINGER_MQTT_PASSWORD。",
  },
  acl: {
    what: "消息代理不允许读取这些主题",
    tip: "请在消息代理的访问控制列表中允许该用户订阅这些主题,只需读权限。",
  },
  filters: {
    what: "按所设过滤器没有可读的主题",
    tip: "请对照通信规约的主题检查 --filters;清单见 docs/WIRE.md。",
  },
  "client-id": {
    what: "消息代理不接受我方的客户端标识",
    tip: "请用 --mqtt-client-id 设置其要求的标识。",
  },
  protocol: {
    what: "对方所用的协议不是已知的 MQTT",
    tip: "对方须支持 MQTT 5.0 或 3.1.1。请检查地址与端口是否属于消息代理。",
  },
  "taken-over": {
    what: "另一个客户端使用了我方的客户端标识",
    tip: "每个客户端须有各自的标识:请更改或去掉 --mqtt-client-id。",
  },
  kicked: {
    what: "消息代理的管理员断开了我方连接",
    tip: "请联系消息代理的管理者。",
  },
  banned: {
    what: "消息代理已禁止我方连接",
    tip: "请联系消息代理的管理者,解除对该用户、标识或地址的禁止。",
  },
  full: {
    what: "消息代理已满",
    tip: "请提高其客户端数或消息数上限,或断开不需要的客户端。",
  },
  unavailable: {
    what: "消息代理目前不提供服务",
    tip: "可能正在启动或关闭;若持续如此,请查看其日志。",
  },
  moved: {
    what: "消息代理已迁移",
    tip: "请向其管理者索取新地址,并以新地址启动。",
  },
  "packet-too-large": {
    what: "有消息超过了消息代理或我方的上限",
    tip: "请提高消息代理的上限,或在发布端拆分消息。",
  },
  file: {
    what: "证书或私钥文件无法读取",
    tip: "请检查路径及其权限。",
  },
  "file-content": {
    what: "证书或私钥文件的内容不对",
    tip: "须为 PEM 格式,以 -----BEGIN 开头;私钥不可加密。",
  },
};
