import type { LanguageWords } from '../language.js';

/** Endings are many and stems change their last letter, so that both forms stand where they differ: abonelik, aboneliğ. */
export const TURKISH: LanguageWords = {
  language: 'tr',
  hasBlanks: true,
  letters: {},
  stopWords: ['ve', 'bir', 'bu', 'için', 'ile', 'de', 'da', 'mi', 'mı', 'nasıl', 'çok', 'ama', 'daha', 'olarak', 'gibi', 'ne', 'neden', 'var', 'yok', 'değil', 'lütfen', 'bizim', 'biz', 'ben', 'her', 'en', 'kadar', 'sonra', 'olan', 'veya', 'merhaba', 'ediyor', 'oldu', 'hiç', 'artık', 'misiniz', 'ediyoruz', 'istiyoruz', 'istiyorum'],
  ownLetters: 'ğışİ',
  terms: {
    'customer-billing': {
      sure: ['fatura*', 'iki kez ücret*', 'çift ücret*', 'fazla ücret*', 'kdv*', 'iade faturası', 'vergi numara*', 'fazladan ücret*'],
      likely: ['faturalandır*', 'ücretlendir*', 'ücret ~ yansı*', 'tutar* ~ yüksek', 'tutar* ~ iki kat*', 'vergi dairesi', 'dekont*'],
      hint: ['tutar*', 'ücret*', 'muhasebe*', 'fiyat*', 'maliyet*'],
    },
    'subscription-management': {
      sure: ['abonelik ~ iptal*', 'aboneliğ* ~ iptal*', 'abonelik* ~ yenile*', 'aboneliğ* ~ yenile*', 'aboneliğ* ~ dondur*', 'aboneliğ* ~ askıya', 'aboneliğ* ~ uzat*', 'aboneliğ* ~ yükselt*', 'otomatik yenile*', 'plan değişikli*', 'plan* ~ yükselt*', 'plan* ~ düşür*', 'plan* ~ geç*', 'koltuk sayı*', 'kullanıcı sayısı* ~ artır*', 'kullanıcı sayısı* ~ azalt*', 'aboneliğ* ~ süre*', 'abonelik ~ sona', 'aboneliğ* ~ sona'],
      likely: ['abonelik*', 'aboneliğ*', 'yenileme*', 'iptal etmek', 'iptal talebi', 'yıllık plan*', 'aylık plan*', 'ek koltuk*'],
      hint: ['iptal*', 'plan*', 'koltuk*', 'dönem*', 'adet*'],
    },
    'account-setup': {
      sure: ['hesap aç*', 'hesap oluştur*', 'hesabı* ~ aç*', 'hesabı* ~ oluştur*', 'hesap kurulum*', 'yeni kiracı*', 'kiracı* ~ oluştur*', 'kiracı* ~ bağla*', 'alan adı* ~ doğrula*', 'alan adı* ~ ekle*', 'genel yönetici*', 'tenant ~ oluştur*', 'tenant ~ aç*', 'ilk yönetici*', 'şirket hesabı'],
      likely: ['kiracı*', 'tenant*', 'yeni hesap', 'kayıt ol*', 'yönetici hesab*', 'alan adı*', 'bayi ilişki*', 'kaydolma*'],
      hint: ['hesap', 'hesab*', 'yönetici*', 'kurulum*', 'kayıt*'],
    },
    payment: {
      sure: ['kredi kart*', 'banka kart*', 'ödeme yöntem*', 'ödeme ~ reddedil*', 'kart* ~ reddedil*', 'ödeme ~ başarısız*', 'ödeme* ~ alınama*', 'para iade*', 'iade ~ para', 'iban*', 'havale*', 'otomatik ödeme*', 'geri ödeme*', 'kart* ~ süresi', 'ücret iade*', 'eft'],
      likely: ['ödeme*', 'ödedik', 'ödenme*', 'banka hesab*', 'tahsil*', 'ödeyeme*', 'ödendi'],
      hint: ['kart*', 'banka*', 'reddedil*', 'para*', 'iade*', 'gecikmiş'],
    },
    'user-support': {
      sure: ['nasıl yap*', 'nasıl kullan*', 'nasıl değiştir*', 'nasıl ekle*', 'nasıl ayarla*', 'nasıl dışa aktar*', 'nasıl oluştur*', 'nerede bul*', 'nereden bul*', 'nereden ayarla*', 'mümkün mü', 'nasıl alabilir*', 'nasıl aktar*', 'adım adım', 'nasıl görebilir*', 'bir yolu var mı', 'nereden değiştir*', 'nasıl paylaş*', 'nasıl filtrele*'],
      likely: ['nasıl', 'nereden', 'nerede', 'kullanım soru*', 'anlatır mısınız', 'açıklar mısınız', 'yardımcı olur musunuz', 'gösterir misiniz'],
      hint: ['soru*', 'rapor*', 'ayar*', 'şablon*', 'filtre*', 'dışa aktar*', 'pano*'],
    },
    'break-fix': {
      sure: ['çalışmıyor*', 'çöküyor*', 'çöktü', 'hata mesaj*', 'hata ver*', 'hata alıyor*', 'giriş yapamıyor*', 'oturum aç* ~ hata', 'oturum açamıyor*', 'giremiyor*', 'donuyor*', 'dondu', 'beyaz ekran*', 'boş sayfa*', 'bozul*', 'açılmıyor*', 'hata 500', '500 hata*', 'yanıt vermiyor', 'veri kayb*', 'kayboldu', 'bozuk*', 'kaydetmiyor*', 'yüklenmiyor*'],
      likely: ['hata', 'hatası', 'hatalı', 'arıza*', 'zaman aşımı*', 'yanlış sonuç*', 'eşitlenmiyor*', 'senkronize olmuyor', 'başarısız oluyor', 'güncellemeden sonra', 'kilitlen*'],
      hint: ['sorun*', 'problem*', 'giriş*', 'oturum*', 'parola*', 'şifre*', 'yavaş*'],
    },
    'service-health': {
      sure: ['kesinti*', 'hizmet ~ çöktü', 'sistem ~ çöktü', 'sistem ~ tamamen', 'hizmet* ~ erişilemiyor*', 'hiç kimse', 'kimse giremiyor*', 'kimse kullanamıyor*', 'tüm kullanıcı*', 'bütün kullanıcı*', 'ulaşılamıyor*', 'erişilemiyor*', 'hizmet dışı', 'durum sayfası', '503 hata*', 'bütün şirket*', 'tüm şirket*', 'servis ~ dışı'],
      likely: ['erişim yok', 'kimse', 'herkes*', 'tüm şube*', 'genel arıza*', 'yavaşla*', 'tüm bölge*', 'kullanılamıyor'],
      hint: ['sabahtan beri', 'bu sabah*', 'yavaş*', 'bölge*', 'servis*', 'hizmet*'],
    },
    'service-level': {
      sure: ['sla*', 'hizmet seviye*', 'hizmet düzey*', 'hizmet kredi*', 'taahhüt ed*', 'erişilebilirlik ~ taahhüt*', 'yanıt süre*', 'çözüm süre*', 'müdahale süre*', 'cezai şart*', 'sözleşme ihlal*', 'sözleşmede* ~ süre*', '99 9', '99 95'],
      likely: ['taahhüt*', 'garanti*', 'tazminat*', 'ihlal*', 'telafi*', 'çalışma süresi oran*'],
      hint: ['sözleşme*', 'erişilebilirlik', 'anlaşma*', 'kesinti süre*'],
    },
    documentation: {
      sure: ['doküman*', 'belgelendirme*', 'dokümantasyon*', 'kullanım kılavuz*', 'kullanıcı kılavuz*', 'kılavuz*', 'el kitab*', 'api referans*', 'sürüm not*', 'kurulum rehber*', 'teknik belge*', 'ürün broşür*', 'yardım makale*'],
      likely: ['belge', 'belgeler*', 'rehber*', 'makale*', 'pdf'],
      hint: ['sayfa*', 'bölüm*', 'güncel değil', 'bağlantı*', 'açıklan*'],
    },
    training: {
      sure: ['eğitim*', 'web semineri*', 'webinar*', 'atölye çalışma*', 'sertifika program*', 'kurs*', 'çalıştay*', 'eğitmen*', 'seminer*'],
      likely: ['öğrenme yolu*', 'ders', 'dersler*', 'oryantasyon*', 'öğretici video*'],
      hint: ['katılımcı*', 'öğren*', 'ekib*', 'yeni çalışan*', 'personel*'],
    },
    activation: {
      sure: ['etkinleştirme bağlantı*', 'etkinleştirme kod*', 'etkinleştirme ~ bekle*', 'etkinleştiremi*', 'etkinleştirilme*', 'aktivasyon*', 'aktif ed*', 'aktifleş*', 'aktif hale', 'aktif olma*', 'etkinleştirme e posta*', 'ürün* ~ etkinleş*', 'ürün* ~ aktif*', 'karşılama sayfa*'],
      likely: ['etkinleştir*', 'hoş geldiniz ~ posta*', 'devreye al*'],
      hint: ['satın aldık', 'satın aldığımız', 'bekliyor*', 'bağlantı*', 'link*'],
    },
    'licence-management': {
      sure: ['lisans* ~ ata*', 'lisans* ~ kaldır*', 'lisans* ~ kullanıcı*', 'lisans* ~ çalışan*', 'lisans anahtar*', 'ürün anahtar*', 'lisans* ~ aktar*', 'lisans* ~ devret*', 'lisans* ~ boş*', 'lisans* ~ personel*', 'lisans havuz*', 'lisans* ~ tanımla*'],
      likely: ['lisans*', 'ürün kodu*', 'seri numara*'],
      hint: ['kullanıcı*', 'çalışan*', 'ata*', 'ayrılan', 'işten ayrıl*'],
    },
    'offer-management': {
      sure: ['özel teklif*', 'teklif* ~ yayınla*', 'teklif* ~ yayımla*', 'market* ~ listele*', 'pazar yeri* ~ yayınla*', 'pazaryeri* ~ yayınla*', 'pazar yeri* ~ listele*', 'ürün listele*', 'teklif* ~ sertifika*', 'teklif* ~ görün*', 'appsource*', 'marketplace ~ yayınla*', 'marketplace ~ teklif*', 'pazar yeri* ~ teklif*', 'teklif sayfa*', 'teklif* ~ reddedil*'],
      likely: ['pazar yeri*', 'pazaryeri*', 'marketplace*', 'yayınlama*', 'listeleme*', 'teklif*'],
      hint: ['logo*', 'yayınla*', 'önizleme*', 'sertifikasyon*'],
    },
    'commerce-transaction': {
      sure: ['sipariş* ~ hata*', 'sipariş* ~ başarısız*', 'sipariş* ~ tamamlan*', 'sipariş* ~ takıl*', 'sipariş* ~ veremi*', 'sipariş* ~ reddedil*', 'satın alamı*', 'satın alma* ~ hata*', 'satın alma* ~ başarısız*', 'sepet*', 'satın alma işlem*', 'işlem* ~ başarısız*', 'sipariş* ~ bekle*', 'sipariş* ~ iptal oldu', 'sipariş* ~ onaylan*', 'sipariş numara*'],
      likely: ['sipariş*', 'satın al', 'satın alma*', 'satın almak'],
      hint: ['hata*', 'başarısız*', 'onay*', 'tamamlan*'],
    },
    'partner-billing': {
      sure: ['mutabakat*', 'microsoft ~ fatura*', 'partner center ~ fatura*', 'iş ortağı fatura*', 'iş ortağı indirim*', 'partner fatura*', 'fiyat liste*', 'iş ortağı kazanılan kredi*', 'pec', 'bayi marj*', 'kâr marj*', 'kullanım dosya*', 'fatura kalem*', 'partner earned credit', 'uzlaştırma*'],
      likely: ['marj*', 'alış fiyat*', 'bayi indirim*', 'kalemler*'],
      hint: ['microsoft*', 'partner center*', 'csp', 'fatura*', 'iş ortağ*'],
    },
    'account-support': {
      sure: ['partner center ~ hesab*', 'partner center ~ hesap*', 'partner center* ~ giriş*', 'partner center* ~ erişim*', 'partner center* ~ giremi*', 'partner center* ~ doğrula*', 'iş ortağı merkezi*', 'ödeme profili*', 'hakediş*', 'hak ediş*', 'vergi profil*', 'vergi form*', 'mpn*', 'iş ortağı hesab*', 'yayıncı hesab*', 'şirket doğrulama*', 'partner hesab*', 'satıcı hesab*', 'payout*'],
      likely: ['partner center*', 'iş ortağı program*', 'iş ortağı profil*', 'doğrulama süreç*'],
      hint: ['doğrula*', 'kilitlen*', 'hesab*', 'microsoft*', 'profil*'],
    },
    'azure-deployment': {
      sure: ['arm şablon*', 'kaynak grub*', 'kaynak grup*', 'azure ~ dağıt*', 'dağıtım* ~ hata*', 'dağıtım* ~ başarısız*', 'azure ~ kurulum*', 'sanal makine*', 'kota ~ aş*', 'kota* ~ yeter*', 'vcpu*', 'yönetilen uygulama*', 'bicep', 'kubernetes*', 'aks', 'azure bölge*', 'çekirdek kota*', 'konteyner*', 'azure ~ deploy*', 'deployment ~ hata*', 'azure ~ sağlama*'],
      likely: ['azure*', 'dağıtım*', 'kota*', 'deploy*', 'vm'],
      hint: ['şablon*', 'bölge*', 'hata*', 'başarısız*', 'ağ*'],
    },
    other: {
      sure: ['geri bildirim*', 'teşekkür etmek', 'basın ~ soru*', 'bülten*', 'ilgili kişi*', 'irtibat kişi*', 'adresimiz değiş*', 'yeni adres*', 'taşındık', 'tedarikçi anket*', 'iş başvuru*', 'referans müşteri*', 'yeni telefon numara*', 'sponsorluk*', 'veri işleme sözleşme*'],
      likely: ['öneri*', 'genel soru*', 'şikayet*', 'şikâyet*', 'anket*'],
      hint: ['adres*', 'teşekkür*', 'iletişim*', 'toplantı*'],
    },
  },
};
