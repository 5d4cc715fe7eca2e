import type { Catalogue } from './en.js';

/**
 * Turkish. Names of parties end in ids, whose pronunciation is not known; so sentences are built such that
 * no case suffix follows a name.
 */
export const TR: Catalogue = {
  'not-classified': 'Kaydın konusunu kimse belirtmedi ve matriste bu durumu karşılayan bir satır yok.',
  'asker-is-responsible': '{asker:Party} kendi konusunu soruyor.',
  'handed-over-by': '{partner:Party} konuyu İş Ortağı Merkezi’nde bir hizmet talebi açarak Microsoft’a iletir.',
  'escalated-through': 'Microsoft’a yalnızca {provider:party} aracılığıyla başvurulur.',
  'escalated-through.never-by':
    'Microsoft’a yalnızca {provider:party} aracılığıyla başvurulur; {reseller:party} kendisi başvurmaz.',
  'no-usable-contact.customer':
    'Teklifte, bir müşterinin kaydının gönderilebileceği iletişim bilgisi yok; kayıt, bir kişinin ilgilenmesini bekliyor.',
  'no-usable-contact.customer-told':
    'Teklifte, bir müşterinin kaydının gönderilebileceği iletişim bilgisi yok; kayıt, bir kişinin ilgilenmesini bekliyor. Bilgilendirilen taraf: {partner:party}.',
  'no-usable-contact.other':
    'Teklifte, bu kaydın gönderilebileceği iletişim bilgisi yok; kayıt, bir kişinin ilgilenmesini bekliyor.',
  'no-usable-contact.other-told':
    'Teklifte, bu kaydın gönderilebileceği iletişim bilgisi yok; kayıt, bir kişinin ilgilenmesini bekliyor. Bilgilendirilen taraf: {partner:party}.',
  'offer-unknown':
    'Kaydın gideceği taraf: {party:party}. Yayımcıyı belirten bir teklif olmadığı için kayıt, bir kişinin ilgilenmesini bekliyor.',
  'partner-unknown':
    'Kaydın gideceği taraf: {party:party}. İş ortağını belirten bir abonelik olmadığı için kayıt, bir kişinin ilgilenmesini bekliyor.',
  'contacts-unknown':
    'Soruda, teklifte hangi iletişim bilgilerinin bulunduğu belirtilmemiş; bu yüzden hiçbiri verilemiyor.',
  'offer-not-in-cloud':
    'Teklifin sunulduğu bulutlar: {clouds}; kaydın ilgili olduğu bulut: {cloud}. İkisinden biri yanlış olabilir.',
  'agreement-entry.one':
    'Sağlayıcı {providerId} ile bayi {resellerId} arasında {from} tarihinden beri yürürlükte olan anlaşmaya göre konuyla ilgilenecek taraf: {to:party} ({area:area}).',
  'agreement-entry.both':
    'Sağlayıcı {providerId} ile bayi {resellerId} arasında {from} tarihinden beri yürürlükte olan anlaşma, konuyu ikisine birden verir ({area:area}).',
  'shared-by-agreement': 'Konuyu sağlayıcı ile bayi paylaşır; hesap verecek taraf: {accountable:party}.',
  'shared-by-agreement.names-neither':
    'Konuyu sağlayıcı ile bayi paylaşır; anlaşma ikisinden birini belirtmediği için hesap verecek taraf: {accountable:party}.',
  'no-agreement-in-force':
    'Yürürlükte olup bu konuyu kapsayan bir anlaşma yok (taraflar: {provider:party} ile {reseller:party}); bayi ayrıntıları sağlayıcısına sormalıdır.',
  'support-contact-designated': '{partner:Party}, aboneliğin destek muhatabı olarak atanmıştır.',
  'provider-by-default': '{provider:Party}, program gereği aboneliğin varsayılan muhatabıdır.',
  'no-reseller-known':
    'Ne abonelikte ne de müşteride bir bayi belirtilmiş; bu yüzden {provider:party} tek başına hareket eder.',
  'contact-chosen.customer': 'Müşteriye {party:party} için yalnızca destek sitesi gösterilir.',
  'contact-chosen.csp-partner':
    'CSP iş ortağı, {party:party} için şu iletişim bilgilerini kullanabilir: {kind:contact} ({fields:field}).',
  'contact-chosen.microsoft':
    'Microsoft, {party:party} için şu iletişim bilgilerini kullanabilir: {kind:contact} ({fields:field}).',
  'no-support-site':
    'Teklifte destek sitesi yok ve bir müşteriye {party:party} hakkında başka hiçbir iletişim bilgisi gösterilemez.',
  'government-site': 'Destek sitesi, ABD Kamu bulutuna ait olanıdır.',
  'no-government-site': 'Teklifte ABD Kamu bulutu için bir destek sitesi yok; bu yüzden genel destek sitesi kullanılır.',

  'considered.matched': 'bütün koşullar sağlanıyor',
  'considered.mismatch': '{condition:condition}: {actual:value}; satırın geçerli olduğu değer: {wanted:alternative}',
  'considered.excluded':
    '{condition:condition}: {actual:value}; satır şu değer dışındakiler için geçerli: {refused:alternative}',
  'considered.too-early': '{condition:condition}: {actual:value}; satırın geçerlilik başlangıcı: {from}',
  'considered.too-late': '{condition:condition}: {actual:value}; satırın geçerlilik sonu: {until}',
  'considered.outside-hours':
    '{condition:condition}: {actual:value}; satırın geçerli olduğu saatler: {days:weekday} {start} – {end} ({timeZone})',

  'classified-by-source': 'Alanı ({area:area}) kaynağın kendisi belirtti: {source}.',
  'classified-by-mapping': 'Alan ({area:area}), kaynağın eşlemesinden geliyor: {source}.',
  'classified-by-person': 'Alanı ({area:area}) belirleyen: {by}, zaman: {at}.',
  'classified-by-person.unnamed': 'Alanı ({area:area}) bir kişi belirledi, zaman: {at}.',
  'reassigned-by-person': 'Kaydı taşıyan: {by}, zaman: {at}; kurallara göre kayıt başkalarında olurdu.',
  'reassigned-by-person.unnamed': 'Kaydı bir kişi taşıdı, zaman: {at}; kurallara göre kayıt başkalarında olurdu.',
  'attached-by-person': 'Kaydı {notice} kesintisine bağlayan: {by}, zaman: {at}; kesinti sürdükçe kimseye sorulmaz.',
  'attached-by-person.unnamed': 'Kaydı {notice} kesintisine bir kişi bağladı, zaman: {at}; kesinti sürdükçe kimseye sorulmaz.',
  'detached-by-person': 'Kaydın {notice} kesintisine ait olmadığını söyleyen: {by}, zaman: {at}.',
  'detached-by-person.unnamed': 'Bir kişi, kaydın {notice} kesintisine ait olmadığını söyledi, zaman: {at}.',
  'classified-by-keywords':
    'Alan ({area:area}), kaydın sözcüklerinden çıkarıldı: {words} (dil {language}, güven {confidence}). Kaynak alan belirtmedi.',

  'party.customer': 'müşteri',
  'party.direct-bill-partner': 'doğrudan faturalama iş ortağı',
  'party.indirect-provider': 'dolaylı sağlayıcı',
  'party.indirect-reseller': 'dolaylı bayi',
  'party.isv-publisher': 'ISV yayımcısı',
  'party.microsoft': 'Microsoft',
  'party.not-known': '(bilinmiyor)',

  'area.all': 'tüm alanlar',
  'alternative.or': ' veya ',
  'value.null': 'bilinmiyor',
  'value.true': 'evet',
  'value.false': 'hayır',
  'contact.customer-support': 'müşteri desteği',
  'contact.csp-program': 'CSP programı sorumlusu',
  'contact.engineering': 'mühendislik ekibi',
  'field.name': 'ad',
  'field.email': 'e-posta',
  'field.phone': 'telefon',
  'field.url': 'web adresi',
  'condition.area': 'alan',
  'condition.asker': 'soran taraf',
  'condition.ownership': 'ürün sahipliği',
  'condition.kind': 'teklif türü',
  'condition.channel': 'satın alma kanalı',
  'condition.cloud': 'bulut',
  'condition.severity': 'önem derecesi',
  'condition.country': 'ülke',
  'condition.language': 'dil',
  'condition.publisherId': 'yayımcı kimliği',
  'condition.offerId': 'teklif kimliği',
  'condition.customerId': 'müşteri kimliği',
  'condition.partnerId': 'iş ortağı kimliği',
  'condition.providerId': 'sağlayıcı kimliği',
  'condition.resellerId': 'bayi kimliği',
  'condition.responsible': 'sorumlu taraf',
  'condition.classified': 'sınıflandırılmış',
  'condition.informationOnly': 'yalnızca bilgi amaçlı',
  'condition.partnerFirst': 'önce iş ortağı',
  'condition.sourceIsResponsible': 'kaynak sorumlu tarafın',
  'condition.outageOpen': 'açık kesinti',
  'condition.from': 'başlangıç',
  'condition.until': 'bitiş',
  'condition.hours': 'saatler',
  'weekday.mon': 'Pzt',
  'weekday.tue': 'Sal',
  'weekday.wed': 'Çar',
  'weekday.thu': 'Per',
  'weekday.fri': 'Cum',
  'weekday.sat': 'Cmt',
  'weekday.sun': 'Paz',

  'row.cloud-china':
    'Çin’deki bulutu 21Vianet işletir ve pazar yeri tekliflerini CSP üzerinden satmaz: burada sorumlu bir taraf yoktur.',
  'row.not-classified': 'Kaydın konusunu kimse belirtmedi; bu yüzden önce bir kişi sınıflandırır.',

  'row.customer-billing':
    'Müşteriyi CSP iş ortağı faturalandırır; bu yüzden faturayla ilgili soruları o yanıtlar. Gerekirse Microsoft’un ticaret birimine sorabilir.',
  'row.subscription-management':
    'CSP iş ortağı, sattığı abonelikleri askıya alır, iptal eder, yeniler ve boyutlarını değiştirir.',
  'row.account-setup':
    'Hesabı CSP iş ortağı kurar; yayımcı kendi tarafındaki etkinleştirmede, Microsoft ise siparişte yardımcı olur.',
  'row.payment': 'Ödemeyi CSP iş ortağı alır; bu yüzden ödemeyle ilgili sorular ona aittir.',
  'row.user-support': 'Ürününün kullanıcılarına yayımcı destek verir.',
  'row.break-fix': 'Ürünündeki arızaları yayımcı giderir.',
  'row.service-health':
    'Hizmeti yayımcı işletir ve kesintiden o sorumludur; üçüncü taraf bir üründe Microsoft hiçbir zaman sorumlu olmaz.',
  'row.service-level':
    'Taahhüdü müşteri sözleşmesinde yayımcı vermiştir; bu yüzden yerine getirilmeyen bir taahhütten o sorumludur.',
  'row.documentation': 'Belgeleri yayımcı yazar; CSP iş ortağı ondan ister.',
  'row.training': 'Eğitimi yayımcı sağlar; CSP iş ortağı ondan ister.',
  'row.activation':
    'Sipariş edileni yayımcı etkinleştirir; ilk olarak siparişi bilen CSP iş ortağı haberdar edilir. Microsoft’a yalnızca sipariş veya etkinleştirme bağlantısı yoksa sorulur.',
  'row.licence-management':
    'Kullanıcı bazındaki lisanslar yayımcının ürününde yönetilir; ilk olarak CSP iş ortağı haberdar edilir.',
  'row.offer-management': 'Tekliflerin sisteme alınmasını ve listelenmesini Microsoft yürütür.',
  'row.commerce-transaction':
    'Ticaret sistemini Microsoft işletir; bu yüzden başarısız olan bir sipariş onun konusudur.',
  'row.partner-billing': 'İş ortağı ile Microsoft arasındaki faturalar ve mutabakat Microsoft’un konusudur.',
  'row.account-support': 'İş Ortağı Merkezi hesapları ve hakediş ödemeleri Microsoft’un konusudur.',
  'row.azure-deployment':
    'Azure tarafındaki dağıtımı ve sağlamayı Microsoft yapar; uygulamanın kendisi yayımcının sorumluluğunda kalır.',
  'row.other': 'CSP iş ortağının sattıklarıyla ilgili diğer tüm destek ona aittir.',

  'row.bought-directly-first-party':
    'Müşteri, Microsoft’un kendi ürününü Microsoft’tan satın almıştır: Microsoft müşteri desteğine kendisinin başvurması söylenir.',
  'row.bought-directly':
    'Müşteri CSP dışında satın almıştır ve faturasını Microsoft keser: sorana Microsoft müşteri desteğine başvurması söylenir; hiçbir CSP iş ortağının bunda payı yoktur.',
  'row.bought-directly-customer-asks-microsoft':
    'Müşteri CSP dışında satın almıştır; bu yüzden konuyu Microsoft’a iletebilecek bir CSP iş ortağı yoktur: Microsoft müşteri desteğine kendisinin başvurması söylenir.',
  'row.bought-directly-publisher':
    'Müşteri CSP dışında satın almıştır: yayımcının sorumluluğundaki konular yayımcıda kalır, arada bir CSP iş ortağı yoktur.',
  'row.first-party-malfunction':
    'Bu, Microsoft’un kendi ürünüdür: CSP iş ortağı önce hizmet durumunu denetler ve sorunu gidermeye çalışır, ardından arızayı Microsoft’a iletir.',
  'row.first-party-first-line':
    'Bu, Microsoft’un kendi ürünüdür: her konuda ilk basamak CSP iş ortağıdır; çözemediğinde Microsoft’a başvurur.',
  'row.first-party-microsoft':
    'Bu, Microsoft’un kendi ürünüdür: Microsoft dışında hiçbir yayımcının bunda payı yoktur.',
  'row.azure-infrastructure':
    'Altyapı müşterinin Azure aboneliğindedir; bu yüzden kota ve kullanım soruları Azure desteğine aittir.',
  'row.saas-activation':
    'Bu, hizmet olarak sunulan bir yazılımdır; etkinleştirmeyi yayımcı kendi portalında yapar.',

  'row.customer-asks-microsoft':
    'Microsoft müşterilere değil, iş ortaklarına ve yayımcılara destek verir: ilk olarak müşterinin CSP iş ortağı haberdar edilir ve konuyu Microsoft’a o iletir.',
  'row.partner-asks-microsoft':
    'İş ortağı, İş Ortağı Merkezi’nde bir hizmet talebi açarak Microsoft’a kendisi sorabilir.',
  'row.reseller-asks-microsoft':
    'Dolaylı bayi, Microsoft’la ilgili her konuda önce sağlayıcısına sorar; konuyu Microsoft’a sağlayıcı iletir.',
  'row.publisher-asks-microsoft':
    'Yayımcı; ticaret, teklifleri, hesabı ve dağıtımlar hakkında Microsoft’a kendisi sorar.',
  'row.microsoft-asks-microsoft': 'Microsoft kendi konusunu soruyor.',
  'row.partner-asks-publisher': 'İş ortağının kendisi soruyor; bu yüzden kayıt doğrudan yayımcıya gider.',
  'row.publisher-asks-publisher': 'Yayımcı kendi ürünü hakkında bildirimde bulunuyor; bu yüzden ilk haberdar edilen odur.',
  'row.microsoft-asks-publisher': 'Microsoft bir teklif hakkında soruyor; bu yüzden kayıt doğrudan teklifin yayımcısına gider.',
  'row.partner-first':
    'CSP iş ortağı, bu ürünle ilgili teknik soruları önce kendisi almayı seçmiştir; sorumluluk yayımcıda kalır.',
  'row.partner-first-not-for-area':
    'CSP iş ortağı kullanım ve arıza sorularını önce kendisi alır; bir kesinti veya yerine getirilmeyen bir taahhüt ise yine hemen yayımcıya gider.',

  'row.already-there':
    'Kayıt, sorumlu tarafın kendi sisteminden geldi; bu yüzden başka yere gönderilmez ve orada kalır.',
  'row.open-outage':
    'Teklifin açık bir kesintisi var: kayıt bu kesintiye bağlanır, yayımcıya yeniden çağrı gönderilmez ve iş ortağına bilinenler aktarılır.',
  'row.open-outage-first-party':
    'Microsoft’un ürününün açık bir kesintisi var: kayıt bu kesintiye bağlanır ve yeniden iletilmez; iş ortağına bilinenler aktarılır.',
};
